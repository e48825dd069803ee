package org.palomar.compose;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.palomar.account.SignedIn;
import org.palomar.web.NotFoundException;
import org.palomar.web.SecurityHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Shows a person the pictures they put into a text they are writing; nobody else, and nothing but pictures (S10, S29). */
@Controller
class UploadedPictures {

    private final Uploads uploads;

    UploadedPictures(Uploads uploads) {
        this.uploads = uploads;
    }

    @GetMapping("/compose/files/{id}")
    void show(SignedIn person, @PathVariable String id, HttpServletResponse response) throws IOException {
        Upload picture = uploads.all(person, List.of(id)).stream()
                .filter(file -> Pictures.TYPES.contains(file.mediaType()))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("compose.fault.file"));
        response.setContentType(picture.mediaType());
        response.setHeader("Content-Security-Policy", SecurityHeaders.FILE);
        response.setHeader("Cache-Control", "private, max-age=3600");
        response.setContentLengthLong(picture.size());
        Files.copy(picture.content(), response.getOutputStream());
    }
}
