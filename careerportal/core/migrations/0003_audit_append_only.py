from django.db import migrations

# Rows of the audit log are written once. (TRUNCATE, which only the owner of the table may do, fires no row trigger.)
FORWARD = """
CREATE FUNCTION core_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'core_auditevent is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER core_auditevent_append_only BEFORE UPDATE OR DELETE ON core_auditevent
  FOR EACH ROW EXECUTE FUNCTION core_audit_is_append_only();
"""
BACK = """
DROP TRIGGER core_auditevent_append_only ON core_auditevent;
DROP FUNCTION core_audit_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_audit")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
