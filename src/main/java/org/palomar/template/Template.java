package org.palomar.template;

/**
 * An answer that is written again and again, with placeholders such as {@code {name}} in it.
 *
 * @param id empty for one that is not kept yet
 * @param name by which the person chooses it
 * @param subject for letters without one; may be empty
 * @param text plain, lines ended by {@code \n}
 * @param html the same with formatting, clean; empty when it has none
 */
public record Template(String id, String name, String subject, String text, String html) {

    static final Template BLANK = new Template("", "", "", "", "");

    Template withId(String other) {
        return new Template(other, name, subject, text, html);
    }
}
