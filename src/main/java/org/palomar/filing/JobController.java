package org.palomar.filing;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.palomar.account.SignedIn;
import org.palomar.web.Htmx;
import org.palomar.web.NotFoundException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** How far a job is: a page of its own, or the card that asks again while it goes on. */
@Controller
class JobController {

    private final Jobs jobs;

    JobController(Jobs jobs) {
        this.jobs = jobs;
    }

    @GetMapping("/jobs/{id}")
    String show(SignedIn person, @PathVariable String id, Htmx htmx, Model model, HttpServletResponse response) {
        if (htmx.partial()) {
            return card(person, id, model, response);
        }
        model.addAttribute("job", jobs.find(person, id));
        // The page is about this one already.
        model.addAttribute("jobs", List.of());
        return "filing/show";
    }

    @PostMapping("/jobs/{id}/stop")
    String stop(SignedIn person, @PathVariable String id, Htmx htmx, Model model, HttpServletResponse response) {
        jobs.find(person, id).stop();
        return htmx.partial() ? card(person, id, model, response) : "redirect:/jobs/" + id;
    }

    @PostMapping("/jobs/{id}/close")
    String close(SignedIn person, @PathVariable String id, Htmx htmx, Model model) {
        Job job = jobs.find(person, id);
        jobs.putAway(person, job);
        model.addAttribute("id", id);
        return htmx.partial() ? "filing/_over" : "redirect:" + job.back();
    }

    /** A job that is over changes what lists and the tree show; one that is not here any more leaves an empty place. */
    private String card(SignedIn person, String id, Model model, HttpServletResponse response) {
        try {
            Job job = jobs.find(person, id);
            if (job.result() != null) {
                response.setHeader("HX-Trigger", "message-changed");
                job.tell();
            }
            model.addAttribute("job", job);
            return "filing/_job";
        } catch (NotFoundException _) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            model.addAttribute("id", id);
            return "filing/_over";
        }
    }
}
