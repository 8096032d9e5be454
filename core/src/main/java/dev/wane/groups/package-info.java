/** Which parameters of a model are decayed: roles by name and shape, and the rules of trainers. */
@NullMarked
package dev.wane.groups;

import org.jspecify.annotations.NullMarked;
