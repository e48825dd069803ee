/** What an editor may hold; every other element is left out and its content stays. The server decides once more. */
const ELEMENTS = new Set(
  ("a b big blockquote br caption code div em h1 h2 h3 h4 h5 h6 hr i img li ol p pre s small span strong sub sup table tbody td " +
    "tfoot th thead tr u ul").split(" "),
);

const DROPPED = new Set(
  ("applet audio base button canvas embed frame frameset head iframe input link math meta noembed noframes noscript object option " +
    "script select source style svg template textarea title track video xml").split(" "),
);

const BECOMES: Record<string, string> = { strike: "s", del: "s", ins: "u", center: "div", tt: "code", section: "div", article: "div" };

const ATTRIBUTES: Record<string, readonly string[]> = {
  a: ["href"],
  blockquote: ["type"],
  img: ["src", "alt", "width", "height"],
  ol: ["start"],
  table: ["align", "bgcolor", "border", "cellpadding", "cellspacing", "width"],
  td: ["align", "bgcolor", "colspan", "rowspan", "valign", "width", "height"],
  th: ["align", "bgcolor", "colspan", "rowspan", "valign", "width", "height"],
  tr: ["align", "bgcolor", "valign"],
};

/** What is kept of a style that our own editor or server wrote. */
const PROPERTIES = (
  "background-color border-bottom border-collapse border-left border-right border-top color direction font-family font-size " +
  "font-style font-weight height line-height list-style-type margin-bottom margin-left margin-right margin-top max-width " +
  "padding-bottom padding-left padding-right padding-top text-align text-decoration vertical-align white-space width"
).split(" ");

/** An address of a picture of ours; anything else would be asked for elsewhere. */
const PICTURE = /^(?:\/(?!\/)[^?#:]*\/|\/)?compose\/files\/[0-9a-f]{32}$/;

function isLink(href: string): boolean {
  return /^(?:https?:\/\/|mailto:|tel:)/i.test(href.trim());
}

function styleOf(element: Element): CSSStyleDeclaration | null {
  const raw = element.getAttribute("style");
  if (!raw) {
    return null;
  }
  // Set on an element that belongs to no page: nothing is loaded, and what does not parse is gone.
  const probe = document.createElement("i");
  probe.style.cssText = raw;
  return probe.style;
}

/** What a pasted look means: the rest of it, fonts and sizes and colours of elsewhere, does not come along. */
function meanings(name: string, style: CSSStyleDeclaration | null): string[] {
  if (!style || !["span", "font"].includes(name)) {
    return [];
  }
  const line = style.textDecorationLine || style.textDecoration;
  return [
    /^(?:bold|bolder|[6-9]00)$/.test(style.fontWeight) ? "b" : "",
    style.fontStyle === "italic" ? "i" : "",
    line.includes("underline") ? "u" : "",
    line.includes("line-through") ? "s" : "",
  ].filter(Boolean);
}

/** Google wraps all it copies into a `b` that is not bold. */
function isNoBold(name: string, style: CSSStyleDeclaration | null): boolean {
  return (name === "b" || name === "strong") && !!style && /^(?:normal|400)$/.test(style.fontWeight);
}

/** Word's lists are paragraphs; what they look like is in a property of its own. */
function wordList(element: Element): "ol" | "ul" | null {
  const raw = element.getAttribute("style") ?? "";
  if (element.localName !== "p" || !/mso-list:\s*l\d/i.test(raw)) {
    return null;
  }
  return /^\s*(?:\d+|[a-z])[.)]/i.test(element.textContent ?? "") ? "ol" : "ul";
}

function attributes(from: Element, to: HTMLElement, name: string): void {
  for (const attribute of ATTRIBUTES[name] ?? []) {
    const value = from.getAttribute(attribute);
    if (value !== null) {
      to.setAttribute(attribute, value);
    }
  }
  const dir = from.getAttribute("dir");
  if (dir === "ltr" || dir === "rtl") {
    to.dir = dir;
  }
}

function copyStyle(style: CSSStyleDeclaration | null, to: HTMLElement): void {
  for (const property of style ? PROPERTIES : []) {
    const value = style!.getPropertyValue(property);
    if (value && !value.includes("url(")) {
      to.style.setProperty(property, value);
    }
  }
}

class Cleaning {
  constructor(private readonly ours: boolean) {}

  children(from: ParentNode, to: Node): void {
    let list = null as HTMLElement | null;
    for (const node of from.childNodes) {
      const kind = !this.ours && node instanceof Element ? wordList(node) : null;
      if (kind) {
        if (list === null || list.localName !== kind) {
          list = document.createElement(kind);
          to.appendChild(list);
        }
        const item = document.createElement("li");
        this.children(node as Element, item);
        list.appendChild(item);
        continue;
      }
      if (!(node instanceof Text && !node.data.trim())) {
        list = null;
      }
      this.node(node, to);
    }
  }

  private node(node: Node, to: Node): void {
    if (node.nodeType === Node.TEXT_NODE) {
      to.appendChild(document.createTextNode(node.nodeValue ?? ""));
    } else if (node instanceof Element) {
      this.element(node, to);
    }
  }

  private element(element: Element, to: Node): void {
    const given = element.nodeName.toLowerCase();
    if (DROPPED.has(given) || element.namespaceURI !== "http://www.w3.org/1999/xhtml") {
      return;
    }
    const style = styleOf(element);
    const raw = element.getAttribute("style") ?? "";
    if (/mso-list:\s*ignore/i.test(raw) || style?.display === "none") {
      return;
    }
    const name = BECOMES[given] ?? given;
    if (name === "img" && !PICTURE.test(element.getAttribute("src") ?? "")) {
      to.appendChild(document.createTextNode(element.getAttribute("alt") ?? ""));
      return;
    }
    if (!ELEMENTS.has(name) || (!this.ours && isNoBold(name, style))) {
      this.children(element, to);
      return;
    }
    let target = to;
    if (!this.ours) {
      for (const meaning of meanings(given, style)) {
        target = target.appendChild(document.createElement(meaning));
      }
      if (name === "span") {
        this.children(element, target);
        return;
      }
    }
    const made = document.createElement(name);
    attributes(element, made, name);
    if (name === "a" && !isLink(made.getAttribute("href") ?? "")) {
      made.removeAttribute("href");
    }
    if (this.ours) {
      copyStyle(style, made);
    }
    this.children(element, made);
    target.appendChild(made);
  }
}

/**
 * HTML as nodes for the editor, built anew one by one: nothing is parsed again after it was judged.
 *
 * @param ours whether our own server or editor wrote it; of what is pasted only the meaning is kept
 */
export function clean(html: string, ours: boolean): DocumentFragment {
  const fragment = document.createDocumentFragment();
  // A document that runs nothing and loads nothing.
  new Cleaning(ours).children(new DOMParser().parseFromString(html, "text/html").body, fragment);
  return fragment;
}
