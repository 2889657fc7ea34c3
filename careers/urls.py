"""Addresses of the pages about the work."""

from django.urls import path

from careers.views import (
    credentials,
    decoder,
    fit,
    functions,
    news,
    overview,
    pathways,
    pay,
    preview,
    reference,
    route,
    settings,
    titles,
)
from careers.views.content_page import content_page

app_name = "careers"
urlpatterns = [
    path("pathways/", pathways.pathways, name="pathways"),
    path("credentials/", credentials.credentials, name="credentials"),
    path("credentials/<slug:slug>/", credentials.credential, name="credential"),
    path("training/", pathways.training, name="training"),
    path("route/", route.finder, name="route"),
    path("pay/", pay.pay, name="pay"),
    path("pay-rules/", pay.pay_rules, name="pay_rules"),
    path("", overview.overview, name="overview"),
    path("compare/", overview.compare, name="compare"),
    path("roles/<slug:slug>/", overview.role, name="role"),
    path("functions/", functions.functions, name="functions"),
    path("settings/", settings.settings, name="settings"),
    path("settings/<slug:slug>/", settings.setting, name="setting"),
    path("titles/", titles.titles, name="titles"),
    path("titles/decoder/", decoder.decoder, name="decoder"),
    path("titles/<slug:slug>/", titles.title, name="title"),
    path("fit/", fit.fit, name="fit"),
    path("faq/", reference.faq, name="faq"),
    path("sources/", reference.sources, name="sources"),
    path("news/", news.news, name="news"),
    path("news/feed/", news.feed, name="news_feed"),
    path("news/<slug:slug>/", news.news_item, name="news_item"),
]

# Every page above is remembered while nothing changed, and its old addresses lead to it.
for each in urlpatterns:
    each.callback = content_page(each.callback)

urlpatterns.append(path("preview/<str:token>/", preview.preview, name="preview"))
