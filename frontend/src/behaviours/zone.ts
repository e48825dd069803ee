import { basePath } from "./page";

/** A cookie the server reads to show dates in the reader's own zone; null when the name is not a zone's. */
export function zoneCookie(zone: string, path: string, secure: boolean): string | null {
  if (!/^[A-Za-z0-9_+\-/]{1,64}$/.test(zone)) {
    return null;
  }
  return `zone=${zone}; path=${path}; max-age=31536000; samesite=lax${secure ? "; secure" : ""}`;
}

export function rememberZone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const cookie = zone ? zoneCookie(zone, basePath(), location.protocol === "https:") : null;
  if (cookie) {
    document.cookie = cookie;
  }
}
