package org.palomar.web;

/**
 * How a page was asked for. htmx 4 says with {@code HX-Request-Type} whether it swaps a part or the whole page.
 *
 * @param partial only a fragment is wanted
 * @param target the id of the element it goes into, or empty
 */
public record Htmx(boolean partial, String target) {

    /** Chooses the template for a page that is also asked for in parts. */
    public String view(String page, String fragment) {
        return partial ? fragment : page;
    }
}
