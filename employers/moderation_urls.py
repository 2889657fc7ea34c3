"""The moderators' pages, under /moderation/."""

from django.urls import path

from employers.views import moderation

urlpatterns = [
    path("", moderation.queue, name="moderation"),
    path("<int:pk>/", moderation.case, name="moderation_case"),
    path("<int:pk>/decide/", moderation.decide, name="moderation_decide"),
    path("<int:pk>/say/", moderation.say, name="moderation_say"),
    path("<int:pk>/call/", moderation.call, name="moderation_call"),
    path("<int:pk>/letter/", moderation.letter, name="moderation_letter"),
    path("<int:pk>/letter/judge/", moderation.judge_letter, name="moderation_judge_letter"),
    path("<int:pk>/typing-errors/", moderation.mend, name="moderation_mend"),
    path("<int:pk>/hold/", moderation.hold, name="moderation_hold"),
    path("<int:pk>/suspend/", moderation.suspend, name="moderation_suspend"),
    path("<int:pk>/release/", moderation.release, name="moderation_release"),
    path("<int:pk>/block-domain/", moderation.block, name="moderation_block"),
    path("employers/<slug:slug>/", moderation.look_at, name="moderation_look_at"),
]
