"""What readers did with an employer's openings, and how to tell people about one."""

from django.urls import path

from employers.views import figures, telling

urlpatterns = [
    path("hiring/openings/<int:pk>/flyer/", telling.flyer, name="hiring_flyer"),
    path("hiring/openings/<int:pk>/copy-text/", telling.copy_text, name="hiring_copy_text"),
    path("hiring/<slug:slug>/figures/", figures.figures, name="hiring_figures"),
    path("hiring/<slug:slug>/figures/print/", figures.figures_print, name="hiring_figures_print"),
    path("hiring/<slug:slug>/figures/figures.csv", figures.figures_csv, name="hiring_figures_csv"),
    path("hiring/<slug:slug>/figures/<int:pk>/", figures.opening_figures, name="hiring_opening_figures"),
]
