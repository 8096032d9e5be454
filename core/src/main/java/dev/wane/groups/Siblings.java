package dev.wane.groups;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names of a model's parameters, to look for those of the same module.
 *
 * @param names all of them
 */
public record Siblings(Set<String> names) {
    /** Copies the names. */
    public Siblings {
        names = Set.copyOf(names);
    }

    static Siblings of(List<NamedShape> parameters) {
        return new Siblings(parameters.stream().map(NamedShape::name).collect(Collectors.toSet()));
    }

    /**
     * Whether the module of a parameter has another one.
     *
     * @param parameter of the module
     * @param name the other's last part
     * @return true if it is there
     */
    boolean has(NamedShape parameter, String name) {
        int dot = parameter.name().lastIndexOf('.');
        return dot > 0 && names.contains(parameter.name().substring(0, dot + 1) + name);
    }
}
