from django.urls import include, path

from portal import stories, views

room = [
    path("bang-vang/", views.Roll.as_view(), name="roll"),
    path("bang-vang/<str:code>/", views.Entry.as_view(), name="entry"),
    path("dien-hinh/", stories.Stories.as_view(), name="stories"),
    path("dien-hinh/<str:code>/", stories.Story.as_view(), name="story"),
    path("dien-hinh/<str:code>/anh/<int:place>/", stories.StoryPhoto.as_view(), name="story_photo"),
    path("dien-hinh/<str:code>/anh/<int:place>/nho/", stories.StoryThumb.as_view(), name="story_thumb"),
    path("xac-minh/", views.Verify.as_view(), name="verify"),
    path("xac-minh/<str:code>/", views.Verified.as_view(), name="verified"),
]
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("", include((room, "portal"))),
]
