from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "careerportal.places"
    label = "places"
