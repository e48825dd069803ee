package org.palomar.identity;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code palomar.compose.*}, of which this is the part that makes addresses.
 *
 * @param domain appended to user names that are no address, or empty
 */
@ConfigurationProperties("palomar.compose")
record AddressProperties(@DefaultValue("") String domain) {}
