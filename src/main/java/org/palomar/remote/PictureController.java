package org.palomar.remote;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.palomar.web.SecurityHeaders;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Serves pictures from elsewhere to whoever has a signed URL (THREATS S19). */
@Controller
class PictureController {

    private final PictureUrls urls;
    private final Pictures pictures;

    PictureController(PictureUrls urls, Pictures pictures) {
        this.urls = urls;
        this.pictures = pictures;
    }

    /** 403 for a URL that is not ours or too old, 429 for too many, and the same 404 for everything that is no picture. */
    @GetMapping(PictureUrls.PATH)
    void picture(
            @RequestParam(defaultValue = "") String u,
            @RequestParam(defaultValue = "") String p,
            @RequestParam(defaultValue = "") String m,
            @RequestParam(defaultValue = "") String e,
            @RequestParam(defaultValue = "") String s,
            HttpServletResponse response)
            throws IOException {
        PictureUrls.Asked asked = urls.read(u, p, m, day(e), s);
        if (asked == null) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
            return;
        }
        Pictures.Picture picture;
        try {
            picture = pictures.get(asked);
        } catch (Pictures.TooMany _) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "60");
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            return;
        }
        if (picture.none()) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            return;
        }
        response.setHeader("Content-Security-Policy", SecurityHeaders.FILE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=86400, immutable");
        response.setContentType(picture.mediaType());
        response.setContentLength(picture.octets().length);
        response.getOutputStream().write(picture.octets());
    }

    private static long day(String written) {
        try {
            return Long.parseLong(written);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
