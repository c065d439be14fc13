/* hostile FILE COMMAND...: runs the command while a server that misbehaves (see
 * tests/unit/hostile.h) serves FILE as /ok.csv on 127.0.0.1:$HOSTILE_PORT. */
#include "../unit/hostile.h"

int
main(int argc, char **argv)
{
	char port[16];
	struct hostile *s = argc > 2 ? hostile_start() : NULL;
	FILE *f = s ? fopen(argv[1], "rb") : NULL;
	int status = 1;
	if (!f)
		return 2;
	hostile_reset(s, "");
	s->body[fread(s->body, 1, sizeof s->body - 1, f)] = 0;
	fclose(f);
	snprintf(port, sizeof port, "%u", s->port);
	setenv("HOSTILE_PORT", port, 1);
	pid_t pid = fork();
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	if (pid > 0)
		waitpid(pid, &status, 0);
	hostile_stop(s);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
