/** From measured curves to optima. */
@NullMarked
package dev.wane.lab.fit;

import org.jspecify.annotations.NullMarked;
