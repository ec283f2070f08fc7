"""What facts do to one another, within a story and across stories."""
