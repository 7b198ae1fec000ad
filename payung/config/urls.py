"""Every address the program answers."""

from django.urls import URLPattern, URLResolver, include, path

from payung.web.frame import views as frame

urlpatterns: list[URLPattern | URLResolver] = [path("", include("payung.web.urls"))]

handler400 = frame.bad_request
handler403 = frame.forbidden
handler404 = frame.not_found
handler500 = frame.server_error
