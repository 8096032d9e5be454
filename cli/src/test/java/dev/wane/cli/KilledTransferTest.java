package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study in a process of its own, killed without warning in the middle and started again: on the engine, by a command. */
class KilledTransferTest {
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    Path folder;

    @Test
    void aKilledStudyGoesOnWithTheSameBitsAndRepeatsNothing() throws Exception {
        killAndGoOn(Files.writeString(folder.resolve("e.yaml"), TinyExperiment.TEXT));
    }

    @Test
    void soDoesOneByACommandAndNoTrialIsLeftBehind() throws Exception {
        killAndGoOn(TinyCommand.write(folder));
    }

    private void killAndGoOn(Path experiment) throws Exception {
        Path whole = folder.resolve("whole");
        Path killed = folder.resolve("killed");
        assertThat(finish(start(experiment, whole))).isZero();

        Process process = start(experiment, killed);
        awaitFinished(killed, 4);
        process.destroyForcibly();
        process.waitFor();
        awaitNoTrials(killed);
        Map<String, String> before = trials(killed, "id, finished_at");
        assertThat(finish(start(experiment, killed))).isZero();
        Map<String, String> after = trials(killed, "id, finished_at");

        assertThat(before).hasSizeBetween(4, after.size() - 1);
        assertThat(after).containsAllEntriesOf(before);
        assertThat(result(killed)).isEqualTo(result(whole));
        assertThat(measurements(killed)).isEqualTo(measurements(whole));
    }

    private Process start(Path experiment, Path out) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.openblas.load=" + System.getProperty("org.bytedeco.openblas.load"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.wane.cli.Wane"));
        command.addAll(List.of("transfer", experiment.toString(), "--out", out.toString(), "--quiet"));
        File log = folder.resolve(out.getFileName() + ".log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private int finish(Process process) throws Exception {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void awaitFinished(Path out, int count) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(out.resolve("wane.db")) || finishedSoFar(out) < count) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Each has the folder it is to write to in its command line. */
    private static void awaitNoTrials(Path out) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains(out + "/tiny/trials"))) {
            assertThat(System.nanoTime()).as("a trial outlived its study").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** The store may not have its tables yet. */
    private static int finishedSoFar(Path out) {
        try {
            return trials(out, "id, finished_at").size();
        } catch (SQLException e) {
            return 0;
        }
    }

    private static Map<String, String> trials(Path out, String columns) throws SQLException {
        return query(out, "SELECT " + columns + " FROM trial WHERE finished_at IS NOT NULL");
    }

    private static Map<String, String> measurements(Path out) throws SQLException {
        return query(out, "SELECT trial_id || name, printf('%.17g', value) FROM measurement");
    }

    private static Map<String, String> query(Path out, String sql) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + out.resolve("wane.db"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.put(result.getString(1), result.getString(2));
            }
        }
        return rows;
    }

    private static String result(Path out) throws Exception {
        return Files.readString(out.resolve("tiny/result.json")).replaceAll("\"seconds\" : [0-9.E-]+", "");
    }
}
