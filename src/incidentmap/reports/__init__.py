"""A report's text -> mentions, dates, figures, actors, event kinds -> draft incidents with claims. Pure on offsets."""

from incidentmap.reports.files import read_report_file, read_reports, read_reports_file
from incidentmap.reports.read import dated, read_report

__all__ = ["dated", "read_report", "read_report_file", "read_reports", "read_reports_file"]
