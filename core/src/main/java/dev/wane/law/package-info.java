/** Published rules for carrying a weight decay to another setting. */
@NullMarked
package dev.wane.law;

import org.jspecify.annotations.NullMarked;
