"""What the pages share on screen. The only room that imports Streamlit, and the only one that caches."""
