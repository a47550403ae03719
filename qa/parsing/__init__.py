"""From the text of a page to articles: headings, layout, bylines, dates, continuations."""
