"""The addresses where things are brought in and taken away."""

from django.urls import path

from wijkpeil.web.design.marks import takes_forms
from wijkpeil.web.programmes.exporting import views as exporting
from wijkpeil.web.programmes.importing import views as importing

_ONE = "programma/<str:programme>"

urlpatterns = [
    path(f"{_ONE}/invoer", takes_forms(importing.intake), name="intake"),
    path(f"{_ONE}/invoer/sjabloon.xlsx", importing.template_file, name="intake_template"),
    path(f"{_ONE}/invoer/<str:key>", takes_forms(importing.uploaded), name="intake_one"),
    path(f"{_ONE}/invoer/<str:key>/verslag.xlsx", importing.report_file, name="intake_report"),
    path(f"{_ONE}/open-data", exporting.offer, name="programme_data"),
    path(f"{_ONE}/open-data/programma.zip", exporting.zip_file, name="programme_data_zip"),
    path(f"{_ONE}/open-data/programma.xlsx", exporting.xlsx_file, name="programme_data_xlsx"),
    path(f"{_ONE}/archief", takes_forms(exporting.whole_archive), name="archive"),
]
