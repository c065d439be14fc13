/* mailbox PLAN LOG COMMAND...: runs the command while a server on 127.0.0.1:$MAILBOX_PORT
 * takes what is sent to it and writes it to LOG. PLAN says what it answers, connection by
 * connection, the last word for all that follow: an HTTP status (302 leads to /taken),
 * slow, hang-up, or smtp, smtp-450, smtp-550 (of the recipient). Ends with the command,
 * or after a minute. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int logged;
static unsigned port;

static void
say(int fd, const char *text)
{
	if (send(fd, text, strlen(text), MSG_NOSIGNAL) < 0)
		return;
}

static void
keep(const char *p, size_t n)
{
	if (write(logged, p, n) < 0)
		_exit(3);
}

/* Until a text is there, or Content-Length bytes after the head. */
static void
http(int fd, const char *word)
{
	static char room[1u << 20];
	char answer[256];
	size_t n = 0;
	ssize_t got;
	while (n + 1 < sizeof room &&
	       (got = recv(fd, room + n, sizeof room - 1 - n, 0)) > 0) {
		n += (size_t)got;
		room[n] = 0;
		char *body = strstr(room, "\r\n\r\n"),
		     *len = strcasestr(room, "content-length:");
		if (body && (!len || n - (size_t)(body + 4 - room) >=
					 strtoul(len + 15, NULL, 10)))
			break;
	}
	keep(room, n);
	keep("\n", 1);
	if (strcmp(word, "slow") == 0)
		sleep(20);
	snprintf(answer, sizeof answer,
	    "HTTP/1.1 %s Word\r\nLocation: http://127.0.0.1:%u/taken\r\nContent-Length: "
	    "0\r\n"
	    "Connection: close\r\n\r\n",
	    word, port);
	if (strcmp(word, "hang-up") != 0)
		say(fd, answer);
}

static void
smtp(int fd, const char *word)
{
	char line[4096];
	int data = 0;
	FILE *f = fdopen(dup(fd), "r");
	say(fd, "220 mailbox\r\n");
	while (f && fgets(line, sizeof line, f)) {
		keep(line, strlen(line));
		if (data && strcmp(line, ".\r\n") == 0) {
			data = 0;
			say(fd, "250 taken\r\n");
		} else if (data) {
			continue;
		} else if (strncmp(line, "EHLO", 4) == 0) {
			say(fd, "250-mailbox\r\n250 AUTH PLAIN\r\n");
		} else if (strncmp(line, "AUTH", 4) == 0) {
			say(fd, "334 \r\n");
			if (fgets(line, sizeof line, f))
				say(fd, "235 good\r\n");
		} else if (strncmp(line, "RCPT", 4) == 0 && word[4]) {
			say(fd, word[5] == '4' ? "450 later\r\n" : "550 nobody\r\n");
		} else if (strncmp(line, "DATA", 4) == 0) {
			data = 1;
			say(fd, "354 go\r\n");
		} else if (strncmp(line, "QUIT", 4) == 0) {
			say(fd, "221 bye\r\n");
			break;
		} else {
			say(fd, "250 ok\r\n");
		}
	}
	if (f)
		fclose(f);
}

static void
serve(int listening, char *plan)
{
	char *word = strtok(plan, ","), *next;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	alarm(60);
	for (;;) {
		int fd = accept(listening, NULL, NULL);
		if (fd < 0)
			_exit(0);
		if (strncmp(word, "smtp", 4) == 0)
			smtp(fd, word);
		else
			http(fd, word);
		close(fd);
		next = strtok(NULL, ",");
		word = next ? next : word;
	}
}

int
main(int argc, char **argv)
{
	struct sockaddr_in at = {
	    .sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t n = sizeof at;
	char text[16];
	int status = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (argc < 4 || fd < 0 || bind(fd, (struct sockaddr *)&at, n) != 0 ||
	    listen(fd, 8) != 0 || getsockname(fd, (struct sockaddr *)&at, &n) != 0)
		return 2;
	port = ntohs(at.sin_port);
	logged = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
	pid_t server = fork();
	if (server == 0)
		serve(fd, argv[1]);
	snprintf(text, sizeof text, "%u", port);
	setenv("MAILBOX_PORT", text, 1);
	pid_t pid = fork();
	if (pid == 0) {
		execvp(argv[3], argv + 3);
		_exit(127);
	}
	if (pid > 0)
		waitpid(pid, &status, 0);
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
