package org.palomar.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * How a page was asked for. htmx 4 says with {@code HX-Request-Type} whether it swaps a part or the whole page.
 *
 * @param partial only a fragment is wanted
 * @param target the id of the element it goes into, or empty
 */
public record Htmx(boolean partial, String target) {

    /** Whether a page asks by itself, to show what happened elsewhere or to have a message ready, without its reader having done anything. */
    public static boolean isUnattended(HttpServletRequest request) {
        return request.getHeader("Palomar-Live") != null || "prefetch".equals(request.getHeader("Purpose"));
    }

    /** Chooses the template for a page that is also asked for in parts. */
    public String view(String page, String fragment) {
        return partial ? fragment : page;
    }
}
