"""The distance function. Inlined by the planner: one SELECT, immutable, every part strict, each argument cheap."""

from django.db import migrations

CREATE = """
CREATE FUNCTION places_miles(lat1 double precision, lng1 double precision, lat2 double precision, lng2 double precision)
RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT 2 * 3958.7613::double precision * asin(sqrt(0.99999999999999::double precision * (
      power(sin(radians(lat2 - lat1) / 2), 2)
    + cos(radians(lat1)) * cos(radians(lat2)) * power(sin(radians(lng2 - lng1) / 2), 2)
  )))
$$;
COMMENT ON FUNCTION places_miles(double precision, double precision, double precision, double precision) IS
  'Great-circle miles between two points in degrees; careerportal/places/near.py says more.';
"""
DROP = "DROP FUNCTION places_miles(double precision, double precision, double precision, double precision);"


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
