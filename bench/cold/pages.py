#!/usr/bin/python3
"""Finds the pages of a site and what each embeds: pages.py SITE. Prints a line for each page, paths with tabs between them."""
import html.parser
import os
import posixpath
import re
import sys
import urllib.parse

IN_CSS = re.compile(r"""@import\s+["']([^"']+)["']|url\(\s*["']?([^"')]+)["']?\s*\)""")


class References(html.parser.HTMLParser):
    """What a browser loads to show a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        relations = (values.get("rel") or "").lower().split()
        if tag == "link" and {"stylesheet", "icon", "preload"} & set(relations):
            self.found.append(values.get("href"))
        elif tag in ("img", "script", "source", "embed", "iframe"):
            self.found.append(values.get("src"))
        elif tag == "object":
            self.found.append(values.get("data"))


def resolve(base, reference):
    """The path that a reference of the file at a path leads to; None where it leads out of the site."""
    parts = urllib.parse.urlsplit((reference or "").strip())
    if parts.scheme or parts.netloc or not parts.path:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), urllib.parse.unquote(parts.path)))


def read(site, path):
    with open(site + path, encoding="utf-8", errors="replace") as file:
        return file.read()


def references(site, path, known):
    """All that a style sheet or page leads to, itself left out."""
    if path not in known:
        known[path] = []
        if path.endswith((".html", ".htm")):
            parser = References()
            parser.feed(read(site, path))
            direct = parser.found
        elif path.endswith(".css"):
            direct = [first or second for first, second in IN_CSS.findall(read(site, path))]
        else:
            direct = []
        found = [target for target in (resolve(path, reference) for reference in direct) if target]
        found = [target for target in dict.fromkeys(found) if os.path.isfile(site + target)]
        deep = [further for target in found if target.endswith(".css") for further in references(site, target, known)]
        known[path] = list(dict.fromkeys(found + deep))
    return known[path]


def main(site):
    known = {}
    for folder, folders, names in os.walk(site):
        folders.sort()
        for name in sorted(names):
            path = "/" + os.path.relpath(os.path.join(folder, name), site)
            if path.endswith(".html"):
                paths = [path] + [target for target in references(site, path, known) if target != path]
                print("\t".join(urllib.parse.quote(target) for target in paths))


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
