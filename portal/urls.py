"""URLs of the public pages: honour roll, verification, stories."""

from django.urls import include, path

from portal.views import honour_roll, stories

portal_patterns = [
    path("bang-vang/", honour_roll.HonourRollPage.as_view(), name="roll"),
    path("bang-vang/<str:code>/", honour_roll.HonourEntryPage.as_view(), name="entry"),
    path("dien-hinh/", stories.StoryList.as_view(), name="stories"),
    path("dien-hinh/<str:code>/", stories.StoryPage.as_view(), name="story"),
    path("dien-hinh/<str:code>/anh/<int:place>/", stories.StoryPhotoFile.as_view(), name="story_photo"),
    path("dien-hinh/<str:code>/anh/<int:place>/nho/", stories.StoryThumbFile.as_view(), name="story_thumb"),
    path("xac-minh/", honour_roll.VerifyCodePage.as_view(), name="verify"),
    path("xac-minh/<str:code>/", honour_roll.VerificationResultPage.as_view(), name="verified"),
]
urlpatterns = [
    path("", honour_roll.HomePage.as_view(), name="home"),
    path("", include((portal_patterns, "portal"))),
]
