from django.db import migrations

# The erase log is written once. (TRUNCATE, which only the owner of the table may do, fires no row trigger.)
FORWARD = """
CREATE FUNCTION accounts_erased_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'accounts_erasedaddress is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER accounts_erasedaddress_append_only BEFORE UPDATE OR DELETE ON accounts_erasedaddress
  FOR EACH ROW EXECUTE FUNCTION accounts_erased_is_append_only();
"""
BACK = """
DROP TRIGGER accounts_erasedaddress_append_only ON accounts_erasedaddress;
DROP FUNCTION accounts_erased_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_privacy")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
