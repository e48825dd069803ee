package org.palomar.html;

/** Names that a message gives to its own elements. */
final class Names {

    /** Sets a message's ids apart from the names of the page and of the DOM ("clobbering"). */
    static final String PREFIX = "m-";

    private Names() {}

    static String id(String name) {
        return name.startsWith(PREFIX) ? name : PREFIX + name;
    }

    /** Whether a value can be an id: not empty, no white space, of a sane length. */
    static boolean usable(String name) {
        if (name.isEmpty() || name.length() > 200) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ') {
                return false;
            }
        }
        return true;
    }
}
