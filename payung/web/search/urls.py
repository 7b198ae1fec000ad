"""The address of the search page; the frame's box posts to it."""

from django.urls import path

from payung.web.search import pages

urlpatterns = [path("cari/", pages.search, name="search")]
