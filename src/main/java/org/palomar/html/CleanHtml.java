package org.palomar.html;

import java.io.IOException;
import java.util.List;

/**
 * HTML that went through {@link HtmlCleaner} or {@link TextToHtml}: a fragment for the body of a document of its own.
 *
 * <p>There is no public constructor and no way back to a String, so nothing can be replaced in it after cleaning
 * (THREATS S5). The only exit is {@link #writeTo}.
 */
public final class CleanHtml {

    private final String markup;
    private final RemoteContent remote;
    private final List<Link> doubtful;
    private final boolean empty;

    CleanHtml(String markup, RemoteContent remote, List<Link> doubtful, boolean empty) {
        this.markup = markup;
        this.remote = remote;
        this.doubtful = doubtful;
        this.empty = empty;
    }

    /**
     * Writes the fragment; nothing may be changed on the way.
     *
     * @throws IOException when {@code out} fails
     */
    public void writeTo(Appendable out) throws IOException {
        out.append(markup);
    }

    /** How many references to other servers the message held, whether they were kept or removed. */
    public RemoteContent remote() {
        return remote;
    }

    /** The links that are not what they seem, in order, each kind once; at most 100. */
    public List<Link> doubtful() {
        return doubtful;
    }

    /** Whether nothing is to be seen: no text and no image. */
    public boolean empty() {
        return empty;
    }

    /** Says the size only: the markup must not leave by this way. */
    @Override
    public String toString() {
        return "CleanHtml[" + markup.length() + " characters]";
    }
}
