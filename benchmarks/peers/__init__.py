"""The same rows as other tools draw them in Streamlit, each app as its documentation shows it; only measured, never used."""
