"""Pages of papers and their register, of the images for giấy khen, and of the number series."""
