const SVG = 'http://www.w3.org/2000/svg';

export function svgElement(name: string, attributes: {[key: string]: string | number}, parent?: Element): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  parent?.append(element);
  return element;
}

/** A drawing in units of its own, as wide as its place, with a name for those who do not see it. */
export function drawing(place: Element, width: number, height: number, label: string): SVGElement {
  return svgElement('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label}, place);
}

export function text(content: string, attributes: {[key: string]: string | number}, parent: Element): SVGElement {
  const element = svgElement('text', attributes, parent);
  element.textContent = content;
  return element;
}
