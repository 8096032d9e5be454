/** What two configurations, or a checkpoint and a configuration, train with differently. */
@NullMarked
package dev.wane.formats.diff;

import org.jspecify.annotations.NullMarked;
