"""Charts as SVG, drawn on the server: bars, columns, progress, a matrix of marks. Pure: figures in, SVG out.

Every axis begins at zero, every number is written next to its shape, no meaning rests on colour alone, and the
description of the image names all figures. Shapes have only presentation attributes, because the Content-Security-Policy
refuses inline styles; the same SVG is shown in pages, printed, and drawn by WeasyPrint.
"""
