package org.palomar.compose;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file waiting to be attached.
 *
 * @param id random, the only way to name it
 * @param name safe for people and file systems
 * @param size octets
 * @param kept when it came
 */
record Upload(String id, String name, String mediaType, long size, Instant kept, Path content) {}
