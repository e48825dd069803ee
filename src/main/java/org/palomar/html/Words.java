package org.palomar.html;

import java.util.Optional;

/**
 * What a form with the editor brings: plain text, and the same with formatting where there is any.
 *
 * @param text lines ended by {@code \n}, nothing around it
 * @param html clean; empty when plain text says it all
 */
public record Words(String text, String html) {

    /**
     * Reads the two fields; without a script there is no HTML, with one the text is made of it. Pictures are left out.
     *
     * @param text from anybody
     * @param html from anybody
     */
    public static Words of(String text, String html) {
        Optional<WrittenHtml> written = html.isBlank() ? Optional.empty() : WrittenHtml.clean(html, _ -> null);
        String plain = written.map(WrittenHtml::text).orElse(text);
        String rich = written.filter(WrittenHtml::formatted)
                .map(WrittenHtml::fragment)
                .orElse("");
        return new Words(plain.replace("\r\n", "\n").strip(), rich);
    }
}
