"""A trigger: what was sent, failed, suppressed, cancelled or expired stays so, whoever writes."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION outbox_delivery_refuse_leaving_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'delivery % is % and stays so', OLD.id, OLD.state
          USING ERRCODE = 'check_violation', CONSTRAINT = 'outbox_delivery_final_states_stay';
END $$;
CREATE TRIGGER outbox_delivery_final_states_stay BEFORE UPDATE OF state ON outbox_delivery FOR EACH ROW
    WHEN (OLD.state IN ('sent', 'failed', 'suppressed', 'cancelled', 'expired') AND NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION outbox_delivery_refuse_leaving_final();
"""
BACKWARDS = """
DROP TRIGGER outbox_delivery_final_states_stay ON outbox_delivery;
DROP FUNCTION outbox_delivery_refuse_leaving_final();
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
