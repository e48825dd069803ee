package org.palomar.web;

import org.jspecify.annotations.Nullable;

/**
 * The Content-Security-Policies of the product.
 *
 * <p>{@link #PAGE} is for our own pages: everything comes from our own origin, nothing is inline, nobody may frame them.
 * Letters are strangers' documents, so {@link #letter} gives them an opaque origin: no script, no form, no way to our
 * cookies or pages. {@link #measure} is for the hidden frame that only tells how tall a letter is: it has our origin so
 * that it can be measured, and therefore may run nothing at all. {@link #FILE} is for parts of messages opened as files.
 */
public final class SecurityHeaders {

    public static final String PAGE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; frame-src 'self'; manifest-src 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";

    /**
     * For the page on which one writes: words may carry their own look, which the editor writes into style attributes. Style sheets,
     * scripts and pictures are as strict as everywhere.
     */
    public static final String WRITING =
            PAGE.replace("style-src 'self';", "style-src 'self'; style-src-attr 'unsafe-inline';");

    public static final String FILE =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:;" + " frame-ancestors 'self'";

    private SecurityHeaders() {}

    /**
     * The policy of a letter.
     *
     * @param pictures the URL, with origin and path, under which we serve images from elsewhere; null while they are not shown
     */
    public static String letter(@Nullable String pictures) {
        return "sandbox allow-popups allow-popups-to-escape-sandbox; " + shown(pictures);
    }

    /** The policy of the frame that measures a letter. */
    public static String measure(@Nullable String pictures) {
        return "sandbox allow-same-origin; " + shown(pictures);
    }

    private static String shown(@Nullable String pictures) {
        return "default-src 'none'; img-src data:" + (pictures == null ? "" : " " + pictures)
                + "; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
    }
}
