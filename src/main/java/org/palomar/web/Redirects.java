package org.palomar.web;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Makes every {@code redirect:} a 303 with a path and no host, right after a POST and behind any proxy. */
@Configuration(proxyBeanMethods = false)
class Redirects {

    @Autowired
    void seeOther(ThymeleafViewResolver views) {
        views.setRedirectHttp10Compatible(false);
    }
}
