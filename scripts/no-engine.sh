#!/bin/sh
# Stands where Prisma's command line looks for its schema engine. Generating the client never
# calls it; without this file the command line would try to download an engine and fail offline.
exit 0
