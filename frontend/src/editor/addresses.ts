/** One recipient as typed, and what it says. */
export interface Recipient {
  raw: string;
  name: string;
  address: string;
  good: boolean;
}

const LOCAL =
  /^(?:(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|[^\p{ASCII}\p{C}\p{Z}])+(?:\.(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|[^\p{ASCII}\p{C}\p{Z}])+)*|"(?:[^"\\]|\\.)+")$/u;
const DOMAIN = /^(?:\[[0-9A-Fa-f:.]+\]|[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?(?:\.[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?)*)$/u;

/** As the server judges it, but for what only the server knows. */
export function isAddress(address: string): boolean {
  const at = address.lastIndexOf("@");
  return at > 0 && address.length <= 320 && LOCAL.test(address.slice(0, at)) && DOMAIN.test(address.slice(at + 1));
}

/** A list as people type and paste it, in pieces: commas, semicolons and line ends part, but not inside quotes or brackets. */
export function split(list: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  let quoted = false;
  let angle = false;
  let comment = 0;
  const add = () => {
    if (piece.trim()) {
      pieces.push(piece.trim());
    }
    piece = "";
  };
  for (let i = 0; i < list.length; i++) {
    const c = list[i]!;
    const end = c === "\n" || c === "\r";
    if (c === "\\" && (quoted || comment) && i + 1 < list.length) {
      piece += c + list[++i];
    } else if (end || (!quoted && !angle && !comment && (c === "," || c === ";"))) {
      quoted = angle = false;
      comment = 0;
      add();
    } else if (c === ":" && !quoted && !angle && !comment && !/[@<]/.test(piece) && !/^mailto$/i.test(piece.trim())) {
      piece = "";
    } else {
      quoted = c === '"' && !comment ? !quoted : quoted;
      angle = !quoted && (c === "<" || (angle && c !== ">"));
      comment += quoted ? 0 : c === "(" ? 1 : c === ")" && comment ? -1 : 0;
      piece += c;
    }
  }
  add();
  return pieces.flatMap((one) => (!/[<("]/.test(one) && /\s/.test(one) && one.split(/\s+/).every(isAddress) ? one.split(/\s+/) : [one]));
}

export function read(piece: string): Recipient {
  const raw = piece.trim();
  const angle = /^(.*)<([^<>]*)>$/s.exec(raw);
  const comment = /^([^()]+)\((.*)\)$/s.exec(raw);
  const address = (angle ? angle[2]! : comment ? comment[1]! : raw).trim().replace(/^mailto:/i, "");
  const named = (angle ? angle[1]! : comment ? comment[2]! : "").trim();
  const name = /^".*"$/s.test(named) ? named.slice(1, -1).replace(/\\(.)/gs, "$1") : named;
  return { raw, name, address, good: isAddress(address) };
}

/** A person as they would be typed. */
export function typed(name: string, address: string): string {
  if (!name || name === address) {
    return address;
  }
  return `${/[()<>[\]:;@\\,"]/.test(name) ? `"${name.replace(/["\\]/g, "\\$&")}"` : name} <${address}>`;
}
