/** The networks that Wane trains, and which of them the laws speak of. */
@NullMarked
package dev.wane.model;

import org.jspecify.annotations.NullMarked;
