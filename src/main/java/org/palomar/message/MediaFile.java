package org.palomar.message;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.BodyStructure;
import org.palomar.reading.MessageReading;
import org.palomar.reading.Seekable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;

/** Audio and video, of which players ask for pieces (RFC 9110 section 14), in constant memory. */
final class MediaFile {

    private MediaFile() {}

    /**
     * Answers with a piece where one is asked for and the part can be read from there on.
     *
     * @param asked the Range header, or null
     * @return whether it answered; otherwise nothing was written, and all of the part is to be
     */
    static boolean serve(
            MessageReading reading, BodyStructure part, @Nullable String asked, HttpServletResponse response) {
        Optional<Seekable> seekable = reading.seekable(part);
        if (seekable.isEmpty()) {
            return false;
        }
        Seekable content = seekable.get();
        long size = content.size();
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        HttpRange range = range(asked);
        if (range == null) {
            return false;
        }
        long from;
        long to;
        try {
            from = range.getRangeStart(size);
            to = range.getRangeEnd(size);
        } catch (IllegalArgumentException _) {
            from = size;
            to = size;
        }
        if (from >= size) {
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
            return true;
        }
        if (!content.reaches(from)) {
            response.setHeader(HttpHeaders.ACCEPT_RANGES, "none");
            return false;
        }
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes " + from + "-" + to + "/" + size);
        response.setContentLengthLong(to - from + 1);
        try {
            content.write(from, to - from + 1, response.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    /** The one range that is asked for; several at once, and nonsense, count as none. */
    private static @Nullable HttpRange range(@Nullable String asked) {
        try {
            List<HttpRange> ranges = HttpRange.parseRanges(asked);
            return ranges.size() == 1 ? ranges.getFirst() : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
