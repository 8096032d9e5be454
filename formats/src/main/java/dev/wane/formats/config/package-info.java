/** Training configurations as other programs write them, resolved into recipes. */
@NullMarked
package dev.wane.formats.config;

import org.jspecify.annotations.NullMarked;
