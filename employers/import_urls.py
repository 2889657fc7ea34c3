"""Bringing openings in: below /hiring/<slug>/import/."""

from django.urls import path

from employers.views import importing

urlpatterns = [
    path("", importing.home, name="hiring_import"),
    path("template.csv", importing.template, name="hiring_import_template"),
    path("columns/", importing.columns, name="hiring_import_columns"),
    path("feeds/<int:pk>/daily/", importing.daily, name="hiring_import_daily"),
    path("feeds/<int:pk>/read/", importing.read_again, name="hiring_import_read"),
    path("<int:pk>/", importing.show, name="hiring_import_run"),
    path("<int:pk>/fields/", importing.fields, name="hiring_import_fields"),
    path("<int:pk>/go/", importing.go, name="hiring_import_go"),
    path("<int:pk>/stop/", importing.stop, name="hiring_import_stop"),
    path("<int:pk>/close-missing/", importing.close_missing, name="hiring_import_close"),
    path("<int:pk>/progress/", importing.progress, name="hiring_import_progress"),
    path("<int:pk>/rows.csv", importing.rows_csv, name="hiring_import_rows"),
]
