package dev.wane.formats.tree;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reads a configuration file into a tree; the file's ending says whether it is TOML, JSON, Python, Java, a shell script or else
 * YAML.
 */
public final class TreeReader {
    private static final long LARGEST_FILE = 3L << 20;

    private TreeReader() {}

    /**
     * Reads a file.
     *
     * @throws InputException if it cannot be read, is not UTF-8 text or is not well-formed
     */
    public static Node read(Path file) {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            return FolderTree.read(file);
        }
        return Archive.configuration(file)
                .map(text -> parse(name + ".json", text))
                .orElseGet(() -> Includes.resolve(file, parse(name, text(file))));
    }

    /**
     * Reads a file of keys and values.
     *
     * @throws InputException if it cannot be read, or is anything else
     */
    public static Node.Mapping mapping(Path file) {
        return mapping(read(file));
    }

    /**
     * A file of keys and values as if it held this text.
     *
     * @throws InputException if the text is not well-formed, or is anything else
     */
    public static Node.Mapping mapping(Path file, String text) {
        return mapping(Includes.resolve(file, parse(file.toString(), text)));
    }

    private static Node.Mapping mapping(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw new InputException(List.of(new Problem(node.position(), "is no mapping of keys to values")));
    }

    /**
     * Reads text.
     *
     * @param name the file's name, whose ending selects the syntax
     * @throws InputException if the text is not well-formed
     */
    public static Node parse(String name, String text) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".toml")) {
            return TomlTree.parse(name, text);
        }
        if (lower.endsWith(".py")) {
            return PythonTree.parse(name, text);
        }
        if (lower.endsWith(".sh") || lower.endsWith(".bash") || text.startsWith("#!")) {
            return ShellTree.parse(name, text);
        }
        if (lower.endsWith(".java")) {
            return JavaTree.parse(name, text);
        }
        return lower.endsWith(".json") ? JsonTree.parse(name, text) : YamlTree.parse(name, text);
    }

    /** The text in which comments may stand: none in folders and archives. */
    public static String comments(Path file) {
        return Files.isDirectory(file) || Archive.is(file) ? "" : text(file);
    }

    /**
     * The text of a file.
     *
     * @throws InputException if it cannot be read or is not UTF-8 text
     */
    public static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw problem(file, "is larger than 3 MiB: not a configuration file");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw problem(file, "no such file");
        } catch (CharacterCodingException e) {
            throw problem(file, "is not UTF-8 text");
        } catch (IOException e) {
            throw problem(file, Files.isDirectory(file) ? "is a directory" : "cannot be read: " + e.getMessage());
        }
    }

    static InputException problem(Path file, String message) {
        return new InputException(List.of(new Problem(new Position(file.toString(), 0, 0), message)));
    }
}
