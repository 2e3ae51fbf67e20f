"""A text on a shelf to a Word-XML template: passages of a firm, tags held out, Markdown to blocks, kept by its hash."""
